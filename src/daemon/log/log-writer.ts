import { closeSync, constants, openSync, writeSync } from 'node:fs';
import type { FileHandle } from 'node:fs/promises';
import { dirname } from 'node:path';
import { systemCodeOf } from '../../errors/index.ts';
import { makePrivateFolder } from '../../state/index.ts';
import { LOG_FILE_BYTES, OLD_LOG_FILES, openLog } from './log-file.ts';
import { fileNamed, isSameFile, rotate } from './rotate.ts';

/** Appends lines to the log of the proxy. */
export interface LogWriter {
  /** Takes a line without its line feed. Never waits and never throws; what cannot be written is counted. */
  write(line: string): void;
  /** How many lines could not be written. */
  dropped(): number;
  /** Writes what waits before it returns, for a process that is about to die. Never throws. */
  flushNow(): void;
  /** Writes what waits, and lets go of the file. */
  close(): Promise<void>;
}

/** How much a log may take. */
export interface LogLimits {
  /** A file that has reached this size is moved away. */
  readonly fileBytes: number;
  /** Characters that may wait to be written. */
  readonly waiting: number;
  /** How often to look whether the name still means the file that is open, in milliseconds. */
  readonly lookMs: number;
  /** Pause after a failure, in milliseconds. */
  readonly pauseMs: number;
  /** Pause after each write, in milliseconds: lines that come together are written together. */
  readonly gatherMs: number;
}

const LINE_FEED = 10;

const LIMITS: LogLimits = {
  fileBytes: LOG_FILE_BYTES,
  waiting: 4 * 1024 * 1024,
  lookMs: 1_000,
  pauseMs: 1_000,
  gatherMs: 50,
};

/** Makes a {@link LogWriter} for a file that several processes may append to. Opens it with the first line. */
export function logWriter(file: string, limits: Partial<LogLimits> = {}): LogWriter {
  return new RotatingLog(file, { ...LIMITS, ...limits });
}

class RotatingLog implements LogWriter {
  readonly #file: string;
  readonly #limits: LogLimits;
  #waiting: string[] = [];
  #waitingLength = 0;
  /** Lines that wait no more and are not yet in the system's hands. */
  #taken: Buffer = Buffer.alloc(0);
  #dropped = 0;
  #handle: FileHandle | undefined;
  /** Bytes in the open file, as far as this process knows. */
  #size = 0;
  #lookedAt = 0;
  /** A line was written in part, because the disk was full. */
  #torn = false;
  #draining: Promise<void> | undefined;
  #wake: (() => void) | undefined;
  #closing = false;

  constructor(file: string, limits: LogLimits) {
    this.#file = file;
    this.#limits = limits;
  }

  write(line: string): void {
    if (this.#waitingLength + line.length > this.#limits.waiting) {
      this.#dropped += 1;
      return;
    }
    this.#waiting.push(line);
    this.#waitingLength += line.length;
    this.#draining ??= this.#drain();
  }

  dropped(): number {
    return this.#dropped;
  }

  flushNow(): void {
    const { O_WRONLY, O_APPEND, O_CREAT, O_NOFOLLOW, O_NONBLOCK } = constants;
    try {
      const descriptor = openSync(this.#file, O_WRONLY | O_APPEND | O_CREAT | O_NOFOLLOW | O_NONBLOCK, 0o600);
      writeSync(descriptor, Buffer.concat([this.#taken, this.#takeWaiting()]));
      closeSync(descriptor);
    } catch {
      // There is nobody left who could be told.
    }
  }

  async close(): Promise<void> {
    this.#closing = true;
    this.#wake?.();
    await this.#draining;
    await this.#release();
  }

  async #drain(): Promise<void> {
    while (this.#waiting.length > 0) {
      this.#taken = this.#takeWaiting();
      try {
        await this.#append(this.#taken);
        await this.#pause(this.#limits.gatherMs);
      } catch {
        this.#taken = Buffer.alloc(0);
        await this.#release();
        await this.#pause(this.#limits.pauseMs);
      }
    }
    this.#draining = undefined;
  }

  #takeWaiting(): Buffer {
    const lines = this.#waiting;
    this.#waiting = [];
    this.#waitingLength = 0;
    return Buffer.from(lines.map((line) => `${line}\n`).join(''));
  }

  /** Throws when it could not write everything, and counts the lines that are missing. */
  async #append(lines: Buffer): Promise<void> {
    const bytes = this.#torn ? Buffer.concat([Buffer.of(LINE_FEED), lines]) : lines;
    let written = 0;
    try {
      const handle = await this.#current();
      this.#taken = Buffer.alloc(0);
      while (written < bytes.length) written += (await handle.write(bytes, written)).bytesWritten;
      this.#size += written;
      this.#torn = false;
    } catch (error) {
      const begun = Math.max(written, bytes.length - lines.length);
      this.#dropped += bytes.subarray(begun).reduce((count, byte) => (byte === LINE_FEED ? count + 1 : count), 0);
      if (written > 0) this.#torn = bytes[written - 1] !== LINE_FEED;
      // A limit on the size of files, smaller than ours.
      if (systemCodeOf(error) === 'EFBIG') await this.#moveAway();
      throw error;
    }
  }

  /** The open file: another one after this or another process has moved it away, or somebody has removed it. */
  async #current(): Promise<FileHandle> {
    const isFull = this.#size >= this.#limits.fileBytes;
    if (this.#handle && (isFull || Date.now() - this.#lookedAt >= this.#limits.lookMs)) {
      const named = await fileNamed(this.#file);
      if (!isSameFile(named, await this.#handle.stat())) await this.#release();
      else this.#size = named?.size ?? 0;
      this.#lookedAt = Date.now();
    }
    const handle = this.#handle ?? (await this.#open());
    if (this.#size < this.#limits.fileBytes) return handle;
    await rotate(this.#file, OLD_LOG_FILES, await handle.stat());
    await this.#release();
    return this.#open();
  }

  async #moveAway(): Promise<void> {
    const named = await fileNamed(this.#file).catch(() => undefined);
    if (named) await rotate(this.#file, OLD_LOG_FILES, named).catch(() => undefined);
  }

  async #open(): Promise<FileHandle> {
    await makePrivateFolder(dirname(this.#file));
    const handle = await openLog(this.#file);
    this.#handle = handle;
    this.#size = (await handle.stat()).size;
    this.#lookedAt = Date.now();
    return handle;
  }

  async #release(): Promise<void> {
    const handle = this.#handle;
    this.#handle = undefined;
    this.#size = 0;
    // A full disk may complain only now, and has been counted.
    await handle?.close().catch(() => undefined);
  }

  /** Lines wait meanwhile. Keeps no process alive. */
  async #pause(milliseconds: number): Promise<void> {
    if (this.#closing) return;
    const { promise, resolve } = Promise.withResolvers<void>();
    const timer = setTimeout(resolve, milliseconds).unref();
    this.#wake = resolve;
    await promise;
    clearTimeout(timer);
    this.#wake = undefined;
  }
}
