/** A command line that makes no sense, and what it has to say for itself. */
export interface WrongLine {
  readonly args: readonly string[];
  readonly code: 1 | 2 | 3;
  /** Words of the message or the remedy. */
  readonly says: readonly string[];
  readonly environment?: { readonly [name: string]: string };
  /** It prints something useful all the same. */
  readonly prints?: true;
}

function line(text: string, code: WrongLine['code'], ...says: string[]): WrongLine {
  return { args: text.split(' ').filter((word) => word !== ''), code, says };
}

/** Against a configuration with the profiles "grok" and "off". Stdin is empty, and there is no terminal. */
export const WRONG_LINES: readonly WrongLine[] = [
  // Words that are no command.
  line('lst', 2, '"lst" is not a command', 'claudex --help'),
  line('profil list', 2, '"profil list" is not a command', 'profile list'),
  line('profile lst', 2, 'profile lst', 'profile list'),
  line('profile lst --json', 2, 'profile lst', 'profile list'),
  line('proxy sttus', 2, 'proxy sttus', 'proxy status'),
  line('config sett a b', 2, 'sett', 'set'),
  line('docter', 2, '"docter" is not a command', 'doctor'),
  line('explian latest', 2, 'explain'),
  line('trust nothere.toml', 1, 'nothere.toml', 'does not exist'),
  line('run', 2, 'profile', 'run --help'),
  line('--no-such', 2, '--no-such', 'claudex --help'),

  // Flags.
  line('profile list --no-such', 2, '--no-such', 'profile list --help'),
  line('profile list --jsn', 2, '--jsn'),
  line('profile list extra', 2, 'extra'),
  line('profile list --config', 2, '--config'),
  line('profile list --config nothere.toml', 2, '--config', 'nothere.toml', 'does not exist'),
  line('profile list --config nothere.toml --json', 2, 'nothere.toml'),
  line('proxy status --port', 2, '--port'),
  line('proxy status --port zero', 2, '--port', 'integer'),
  line('proxy status --port 0', 2, '--port', '1'),
  line('proxy status --port 65536', 2, '--port', '65535'),
  line('proxy status --port -1', 2, '--port'),
  line('proxy status -p 1.5', 2, '--port'),
  line('proxy start --port 99999999999', 2, '--port'),
  line('proxy stop --port=', 2, '--port'),
  line('proxy restart --daemon', 2, '--daemon'),
  line('proxy logs --lines many', 2, '--lines'),
  line('run --model', 2, 'model'),
  line('run --config', 2, '--config'),
  line('run --dry-run', 2, 'profile'),

  // Profiles.
  line('run nobody', 1, 'there is no profile "nobody"', 'grok'),
  line('run grk', 1, 'there is no profile "grk"', 'grok'),
  line('run off', 1, '"off" is disabled', 'enabled'),
  line('run nobody --dry-run', 1, 'nobody'),
  line('run --json nobody', 1, 'nobody'),
  line('profile show', 2, 'profile'),
  line('profile show nobody', 1, 'there is no profile "nobody"', 'grok'),
  line('profile show nobody --json', 1, 'nobody'),
  line('profile show grok extra', 2, 'extra'),
  line('profile test', 2, 'profile'),
  line('profile test nobody', 1, 'nobody', 'grok'),
  line('profile edit nobody --model m', 1, 'nobody', 'grok'),
  line('profile edit', 2, 'profile'),
  line('profile remove nobody --yes', 1, 'nobody', 'grok'),
  line('profile remove grok', 3, '--yes'),
  line('profile remove grok --json', 3, '--yes'),
  line('profile remove', 2, 'profile'),
  line('profile add', 2, '--provider'),
  line('profile add --name grok --provider openai --yes', 1, 'grok'),
  line('profile add --name auto --provider openai --no-test', 2, 'auto'),
  line('profile add --name -x --provider openai', 2, 'name'),
  line('profile add --name a/b --provider openai --no-test', 2, 'name of the profile'),
  line('profile add --name new --provider nobody --no-test', 2, 'nobody', 'openai'),
  line('profile add --name new --base-url ftp://x --model m --no-test', 2, 'base'),
  line('profile add --name new --provider openai --api-key sk-corpus', 2, '--api-key'),
  line('profile add --name new --provider openai --api-key-stdin --no-test', 2, '--api-key-stdin'),
  line('profile add --name new --provider openai --backup nobody --no-test', 2, 'nobody'),
  line('models nobody', 1, 'nobody', 'grok'),

  // Configuration.
  line('config get', 2, 'key'),
  line('config get proxy_prot', 1, 'proxy_prot', 'proxy_port'),
  line('config get profiles.9.name', 1, 'profiles.9'),
  line('config get profiles.nobody.name', 1, 'nobody'),
  line('config get proxy_port.deeper', 1, 'proxy_port'),
  line('config set', 2, 'key'),
  line('config set proxy_port', 2, 'value'),
  line('config set proxy_port abc', 2, 'proxy_port', 'number'),
  line('config set proxy_port 70000', 2, 'proxy_port', '65535'),
  line('config set proxy_prot 1', 2, 'proxy_prot', 'proxy_port'),
  line('config set log_level loud', 2, 'log_level', 'info'),
  line('config set profiles.nobody.enabled true', 2, 'profiles.nobody', 'base_url'),
  line('config set profiles.grok.enabled maybe', 2, 'enabled'),
  line('config set __proto__.x 1', 2, '__proto__'),
  line('config set default_profile nobody', 2, 'nobody'),
  line('config set --global --local log_level info', 2, '--local'),
  line('config unset', 2, 'key'),
  line('config unset proxy_prot', 2, 'proxy_prot'),
  line('config export --format xml', 2, '--format', 'json'),
  line('config export --secrets', 2, '--secrets', '-o'),
  line('config show extra', 2, 'extra'),
  line('config recreate', 3, '--force'),
  line('config edit --global --local', 2, '--local'),
  line('config validate extra', 2, 'extra'),

  // The rest.
  line('explain', 2, 'request'),
  line('explain 00000000', 1, '00000000'),
  line('explain abc', 1, 'abc'),
  line('usage --by colour', 2, '--by', 'model'),
  line('usage --days none', 2, '--days'),
  line('usage --since yesterday-ish', 2, '--since'),
  line('ps extra', 2, 'extra'),
  line('doctor extra', 2, 'extra'),
  line('trust a b', 2, 'b'),
  {
    args: ['profile', 'list'],
    code: 2,
    says: ['CLAUDEX_PROXY_PORT', 'proxy_port'],
    environment: { CLAUDEX_PROXY_PORT: 'x' },
  },
  {
    args: ['config', 'path'],
    code: 2,
    says: ['CLAUDEX_CONFIG', 'gone.toml'],
    environment: { CLAUDEX_CONFIG: 'gone.toml' },
    prints: true,
  },
];
