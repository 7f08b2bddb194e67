import { chmod, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from 'chai';
import { claudeBinary } from '../../e2e/support/claude-binary.ts';
import { runCli } from '../../support/cli.ts';
import { closeAll } from '../../support/close-all.ts';
import { freePort } from '../../support/free-port.ts';
import { isolatedHome, type IsolatedHome } from '../../support/isolated-home.ts';
import { startRefusingProxy } from '../../support/refusing-proxy.ts';
import type { ProcessResult } from '../../support/run-process.ts';
import type { Vendor, VendorScript } from '../../vendors/kit/vendor.ts';
import { startVendorNetwork, type VendorNetwork } from '../../vendors/kit/vendor-network.ts';
import { ableModel } from './model-script.ts';

/** A user with one profile at one vendor, the real client, and no way to anybody else. */
export interface VendorStage {
  readonly home: IsolatedHome;
  readonly network: VendorNetwork;
  /** Runs a command to its end. */
  cli(args: readonly string[], input?: string): Promise<ProcessResult>;
  /** Runs a session in print mode and returns what it answered. Throws when it failed. */
  session(prompt: string, args?: readonly string[], environment?: { readonly [name: string]: string }): Promise<string>;
  /** Throws when the vendor refused anything, or somebody else was called. */
  expectNothingRefused(): void;
  close(): Promise<void>;
}

/** How a stage differs from a profile with the provider's own protocol and a model that can do everything. */
export interface VendorStageOptions {
  /** The profile's `provider_type`. */
  readonly providerType?: string;
  readonly model?: string;
  /** The profile's `context_window`, in tokens. */
  readonly window?: number;
  readonly script?: VendorScript;
}

export const PROFILE = 'p';

/** Opens a {@link VendorStage} and adds the profile as a user would. */
export async function openVendorStage(vendor: Vendor, options: VendorStageOptions = {}): Promise<VendorStage> {
  const home = await isolatedHome();
  const network = await startVendorNetwork([vendor], options.script ?? ableModel(() => home.work));
  const outside = await startRefusingProxy();
  const stage = stageOf(home, network, outside, vendor);
  try {
    await home.writeConfig(
      `proxy_port = ${await freePort()}\nclaude_binary = ${JSON.stringify(await writeWrapper(home, outside.environment))}\n`,
    );
    for (const [name, content] of Object.entries(vendor.files ?? {})) await writeFile(fileFor(home, name), content);
    await addProfile(stage, vendor, options);
    if (options.window !== undefined) await narrow(stage, options.window);
  } catch (error) {
    await stage.close();
    throw error;
  }
  return stage;
}

function stageOf(
  home: IsolatedHome,
  network: VendorNetwork,
  outside: Awaited<ReturnType<typeof startRefusingProxy>>,
  vendor: Vendor,
): VendorStage {
  const environment = {
    ...network.environment,
    ...Object.fromEntries(Object.keys(vendor.files ?? {}).map((name) => [name, fileFor(home, name)])),
    ...(vendor.addressVariable !== undefined && { [vendor.addressVariable]: network.addressOf(vendor) }),
    CLAUDE_CODE_DISABLE_NONESSENTIAL_TRAFFIC: '1',
    CLAUDE_CODE_MAX_RETRIES: '0',
    DISABLE_AUTOUPDATER: '1',
  };
  return {
    home,
    network,
    cli: (args, input) => runCli(home, args, { environment, ...(input !== undefined && { input }) }),
    async session(prompt, args = [], more = {}) {
      const client = ['-p', prompt, '--output-format', 'json', ...args];
      const { code, stdout, stderr } = await runCli(
        home,
        ['run', PROFILE, ...client, '--allowedTools', 'Bash', 'Read', 'Write', 'Edit'],
        { environment: { ...environment, ...more } },
      );
      const result = stdout.startsWith('{') ? JSON.parse(stdout) : {};
      if (code !== 0 || result.is_error !== false) throw new Error(failureText(code, stdout, stderr, network));
      return result.result ?? '';
    },
    expectNothingRefused() {
      expect(network.failures).to.deep.equal([]);
      expect(network.violations).to.deep.equal([]);
      expect([...network.refused, ...outside.hosts]).to.deep.equal([]);
    },
    close: () => closeAll(home, network, outside),
  };
}

function fileFor({ root }: IsolatedHome, variable: string): string {
  return join(root, variable.toLowerCase());
}

async function addProfile(
  stage: VendorStage,
  vendor: Vendor,
  { providerType, model }: VendorStageOptions,
): Promise<void> {
  const flags = [
    ...Object.entries(vendor.options ?? {}).flatMap(([name, value]) => ['--option', `${name}=${value}`]),
    ...(providerType === undefined ? [] : ['--provider-type', providerType]),
    ...(model === undefined ? [] : ['--model', model]),
  ];
  const key = vendor.key === '' ? [] : ['--api-key-stdin'];
  const added = await stage.cli(
    ['profile', 'add', '--name', PROFILE, '--provider', vendor.id, ...flags, ...key, '--yes'],
    vendor.key,
  );
  if (added.code !== 0) throw new Error(`the profile was not added (${added.code})\n${added.stdout}\n${added.stderr}`);
}

/** The proxy takes the window to be this; the client does not, so that it compacts when it is told and not before. */
async function narrow(stage: VendorStage, window: number): Promise<void> {
  await stage.cli(['config', 'set', `profiles.${PROFILE}.context_window`, String(window)]);
  await stage.cli(['config', 'set', `profiles.${PROFILE}.extra_env.CLAUDE_CODE_MAX_CONTEXT_TOKENS`, '200000']);
}

/** The client's own calls go elsewhere: what it wants of the world is none of the vendor's business. */
async function writeWrapper(home: IsolatedHome, environment: { readonly [name: string]: string }): Promise<string> {
  const folder = join(home.root, 'client');
  await mkdir(folder);
  const file = join(folder, 'claude');
  const lines = Object.entries(environment).map(([name, value]) => `export ${name}='${value}'\n`);
  await writeFile(file, `#!/bin/sh\n${lines.join('')}unset NODE_EXTRA_CA_CERTS\nexec '${claudeBinary()}' "$@"\n`);
  await chmod(file, 0o755);
  return file;
}

function failureText(code: number | null, stdout: string, stderr: string, network: VendorNetwork): string {
  const refused = network.violations.map(({ path, refusal }) => `${path}: ${refusal.status} ${refusal.message}`);
  const said = /"result":"[^"]*"/.exec(stdout)?.[0] ?? stdout;
  const lines = [`the session ended with code ${code}`, said, stderr, ...network.calls, ...refused];
  return [...new Set(lines)].join('\n');
}
