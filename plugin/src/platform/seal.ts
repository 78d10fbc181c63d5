/**
 * Secrets that the engine has to read again, kept so that the database alone does not give them away: AES-256-GCM with the key
 * SECRET_KEY, which is not in the database.
 */
import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { CONFIG, type Config } from './config.js';
import { refused } from './errors.js';

const CIPHER = 'aes-256-gcm';
const NONCE_BYTES = 12;
const TAG_BYTES = 16;

@Injectable()
export class Seal {
  private readonly key: Buffer | null;

  constructor(@Inject(CONFIG) { SECRET_KEY }: Pick<Config, 'SECRET_KEY'>) {
    this.key = SECRET_KEY ? Buffer.from(SECRET_KEY, 'base64') : null;
  }

  get isAble(): boolean {
    return this.key !== null;
  }

  /** @throws PatchbayError REFUSED where there is no key */
  mustBeAble(): Buffer {
    if (!this.key)
      throw refused('This engine has no key to keep a secret with: set SECRET_KEY, as docs/settings.md says, and start it again.');
    return this.key;
  }

  /**
   * @param place whose secret it is, and what for: sealed for one place, it opens at no other
   * @throws PatchbayError REFUSED where there is no key
   */
  close(text: string, place: string): Uint8Array<ArrayBuffer> {
    const nonce = randomBytes(NONCE_BYTES);
    const cipher = createCipheriv(CIPHER, this.mustBeAble(), nonce).setAAD(Buffer.from(place));
    return new Uint8Array(Buffer.concat([nonce, cipher.update(text, 'utf8'), cipher.final(), cipher.getAuthTag()]));
  }

  /** @throws PatchbayError REFUSED where there is no key, or another one than it was sealed with */
  open(sealed: Uint8Array, place: string): string {
    const key = this.mustBeAble();
    try {
      const bytes = Buffer.from(sealed);
      const decipher = createDecipheriv(CIPHER, key, bytes.subarray(0, NONCE_BYTES))
        .setAAD(Buffer.from(place))
        .setAuthTag(bytes.subarray(-TAG_BYTES));
      return Buffer.concat([decipher.update(bytes.subarray(NONCE_BYTES, -TAG_BYTES)), decipher.final()]).toString('utf8');
    } catch {
      throw refused('This was sealed with another key than the engine has now: start it with the SECRET_KEY of then, or set it up anew.');
    }
  }
}
