import { secretsOf, type Configuration } from '../config/index.ts';

/** Shorter texts are too likely to occur by accident. */
const SHORTEST_SECRET = 6;

/** Every secret that the configuration and the variables it names hold, and the given ones. */
export function knownSecrets(
  configuration: Configuration,
  environment: NodeJS.ProcessEnv,
  more: readonly (string | undefined)[],
): string[] {
  return [...secretsOf(configuration, environment), ...more].filter(
    (secret): secret is string => secret !== undefined && secret.length >= SHORTEST_SECRET,
  );
}

/** Whether a text is a secret or has one inside, as in `Bearer …`. */
export function holdsSecret(text: string, secrets: readonly string[]): boolean {
  return secrets.some((secret) => text.includes(secret));
}

/** Whether a variable of this name usually holds a secret. */
export function namesSecret(name: string): boolean {
  return /token|key|secret|password|credential|auth|cookie/i.test(name);
}
