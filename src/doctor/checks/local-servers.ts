import { cachedFacts } from '../../catalogue/index.ts';
import { isClaudexError } from '../../errors/index.ts';
import { localAdvice, settleOnce } from '../../local/index.ts';
import { bindProfile } from '../../router/index.ts';
import { ok, warning, type Diagnosis } from '../finding.ts';
import type { Installation } from '../installation.ts';

/** Whether the local servers of enabled profiles run, and serve their models so that Claude Code can work with them. */
export async function checkLocalServers(installation: Installation): Promise<Diagnosis[]> {
  if (installation.facts.offline) return [];
  const { profiles } = await installation.values();
  const { providers } = await installation.facts.registry();
  const local = profiles.filter(
    ({ enabled, provider }) => enabled && providers.get(provider ?? '')?.localServer !== undefined,
  );
  return (await Promise.all(local.map(({ name }) => examine(name, installation)))).flat();
}

async function examine(name: string, installation: Installation): Promise<Diagnosis[]> {
  const { keys } = await installation.keys();
  const { directories, registry } = installation.facts;
  const { cache: cacheFolder } = directories;
  const descriptors = await registry();
  const io = { descriptors, keys, cacheFolder, environment: installation.environment };
  try {
    const configuration = await settleOnce(name, await installation.values(), io);
    const bound = bindProfile(name, configuration, descriptors, keys);
    const model = bound.models.default;
    const lines = localAdvice({ ...bound, knownModels: cachedFacts(bound, cacheFolder) }, model);
    if (lines.length === 0)
      return [ok('local-model', `Model of profile ${name}`, `${model} by ${bound.provider.title}`)];
    return lines.map((detail) =>
      warning('local-model', `Profile ${name} may not do for Claude Code`, {
        detail,
        remedy: `"claudex models ${name} --refresh" shows what the server says now.`,
      }),
    );
  } catch (error) {
    if (!isClaudexError(error)) throw error;
    const { code, message: detail, remedy = '' } = error;
    // What else is wrong with a profile another check tells.
    if (code !== 'model-not-found') return [];
    return [warning('local-model', `Profile ${name} has no model now`, { detail, remedy })];
  }
}
