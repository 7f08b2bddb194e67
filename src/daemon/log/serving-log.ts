import { fstatSync, statSync } from 'node:fs';
import { proxyLogFile } from './log-file.ts';
import { logWriter, type LogWriter } from './log-writer.ts';
import { isSameFile } from './rotate.ts';

/**
 * The log of the process that serves: the file, and with `show` whoever watches its stderr. In the background stderr is
 * that file, and nothing is shown.
 */
export function servingLog(stateFolder: string, show: (line: string) => void): LogWriter {
  const file = proxyLogFile(stateFolder);
  const writer = logWriter(file);
  // A limit on the size of files is a write that fails, and not the end of the process.
  process.on('SIGXFSZ', () => undefined);
  if (isStderr(file)) return writer;
  return {
    write(line) {
      writer.write(line);
      show(line);
    },
    dropped: () => writer.dropped(),
    flushNow: () => writer.flushNow(),
    close: () => writer.close(),
  };
}

function isStderr(file: string): boolean {
  try {
    return isSameFile(fstatSync(process.stderr.fd), statSync(file));
  } catch {
    return false;
  }
}
