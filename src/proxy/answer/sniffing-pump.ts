import type { Fault } from '@claudex/sdk';
import type { Output, Pump } from './pump.ts';

/** What the first byte of a body that is not white space says it is, whatever its content type may be. */
export type BodyKind = 'events' | 'whole';

/** Chooses how to read a body by looking at how it begins, because some servers label one kind as the other. */
export class SniffingPump implements Pump {
  /** Forgotten once it was used: it holds the whole request. */
  #choose: ((kind: BodyKind) => Pump) | undefined;
  #chosen: Pump | undefined;
  #fault: Fault | undefined;

  constructor(choose: (kind: BodyKind) => Pump) {
    this.#choose = choose;
  }

  get complete(): boolean {
    return this.#chosen?.complete ?? false;
  }

  get settled(): boolean {
    return this.#chosen?.settled ?? false;
  }

  get committed(): boolean {
    return this.#chosen?.committed ?? false;
  }

  get fault(): Fault | undefined {
    return this.#chosen?.fault ?? this.#fault;
  }

  fail(fault: Fault): void {
    if (this.#chosen) this.#chosen.fail(fault);
    else this.#fault ??= fault;
  }

  push(piece: Uint8Array): Output | undefined {
    if (this.#chosen) return this.#chosen.push(piece);
    const first = piece.find((byte) => !isSpace(byte));
    // White space before the first event or the JSON means nothing in either.
    if (first === undefined) return undefined;
    return this.#take(isWhole(first) ? 'whole' : 'events')?.push(piece);
  }

  end(): Output | undefined {
    return (this.#chosen ?? this.#take('whole'))?.end();
  }

  #take(kind: BodyKind): Pump | undefined {
    this.#chosen = this.#choose?.(kind);
    this.#choose = undefined;
    return this.#chosen;
  }
}

function isSpace(byte: number): boolean {
  return byte === 0x20 || byte === 0x09 || byte === 0x0a || byte === 0x0d;
}

/** `{`, `[` and `<`: JSON or a web page. No line of an event stream begins like that. */
function isWhole(byte: number): boolean {
  return byte === 0x7b || byte === 0x5b || byte === 0x3c;
}
