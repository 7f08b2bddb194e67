import { checkClaude } from './checks/claude.ts';
import { checkClaudeSettings } from './checks/claude-settings.ts';
import { checkClock } from './checks/clock.ts';
import { checkConfiguration, checkGlobalFile } from './checks/configuration.ts';
import { checkDaemon } from './checks/daemon.ts';
import { checkDisk } from './checks/disk.ts';
import { checkHistory } from './checks/history.ts';
import { checkLocalServers } from './checks/local-servers.ts';
import { checkLog } from './checks/log.ts';
import { checkNode } from './checks/node.ts';
import { checkFolders, checkPermissions } from './checks/permissions.ts';
import { checkPlugins } from './checks/plugins.ts';
import { checkProfiles } from './checks/profiles.ts';
import { checkProxyVariables } from './checks/proxy-variables.ts';
import { checkStaleRecords } from './checks/stale-records.ts';
import { checkTerminal } from './checks/terminal.ts';
import { checkTrust } from './checks/trust.ts';
import { checkUpdate } from './checks/update.ts';
import { checkVariables } from './checks/variables.ts';
import { checkWindows } from './checks/windows.ts';
import type { Diagnosis, Group } from './finding.ts';
import type { Installation } from './installation.ts';

/** One thing to look at. */
export interface Check {
  readonly id: string;
  readonly group: Group;
  /** How long it may take, in milliseconds. Default 2,000. */
  readonly limitMs?: number;
  examine(installation: Installation): readonly Diagnosis[] | Promise<readonly Diagnosis[]>;
}

/** Made before anything else is read. */
export const FIRST_CHECKS: readonly Check[] = [
  { id: 'folders', group: 'System', examine: checkFolders },
  { id: 'permissions', group: 'System', examine: checkPermissions },
];

/** All others, made at once. Those with a limit of their own start a program, or wait for somebody to answer. */
export const CHECKS: readonly Check[] = [
  { id: 'update', group: 'Claudex', examine: checkUpdate },
  { id: 'node', group: 'Claudex', examine: checkNode },
  { id: 'plugins', group: 'Claudex', examine: checkPlugins },
  { id: 'claude', group: 'Claude Code', limitMs: 6_000, examine: checkClaude },
  { id: 'claude-settings', group: 'Claude Code', examine: checkClaudeSettings },
  { id: 'configuration', group: 'Configuration', examine: checkConfiguration },
  { id: 'global-file', group: 'Configuration', examine: checkGlobalFile },
  { id: 'trust', group: 'Configuration', examine: checkTrust },
  { id: 'variables', group: 'Configuration', examine: checkVariables },
  { id: 'profiles', group: 'Profiles', examine: checkProfiles },
  { id: 'windows', group: 'Profiles', examine: checkWindows },
  { id: 'local-servers', group: 'Profiles', limitMs: 6_000, examine: checkLocalServers },
  { id: 'proxy', group: 'Proxy', limitMs: 6_000, examine: checkDaemon },
  { id: 'records', group: 'Proxy', limitMs: 6_000, examine: checkStaleRecords },
  { id: 'log', group: 'Proxy', examine: checkLog },
  { id: 'history', group: 'Proxy', examine: checkHistory },
  { id: 'proxy-variables', group: 'Proxy', examine: checkProxyVariables },
  { id: 'terminal', group: 'System', examine: checkTerminal },
  { id: 'disk', group: 'System', examine: checkDisk },
  { id: 'clock', group: 'System', limitMs: 6_000, examine: checkClock },
];
