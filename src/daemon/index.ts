export { daemonUrl, sessionUrl, type DaemonAddress } from './address.ts';
export type { Daemon } from './daemon.ts';
export {
  ownDaemonLaunch,
  SHARED_DAEMON_VARIABLE,
  sharedDaemonLaunch,
  type SharedDaemonSettings,
} from './daemon-launch.ts';
export {
  announceDaemon,
  listDaemons,
  readDaemonRecord,
  type DaemonRecord,
  type RunningDaemon,
} from './daemon-record.ts';
export { readDaemonStatus, type DaemonStatus } from './daemon-status.ts';
export { ensureDaemon, type EnsuredDaemon } from './ensure-daemon.ts';
export { portTaken } from './port-taken.ts';
export { probeDaemon, type DaemonDoor, type Probe } from './probe.ts';
export { serveDaemon, type ListeningProxy, type ServeSettings } from './serve.ts';
export { openSession, type DaemonSession, type SessionRequest } from './session.ts';
export { proxyLogFile, type DaemonLaunch } from './spawn-daemon.ts';
export { stopDaemon } from './stop-daemon.ts';
