/** The engine's only source of time, so that tests can hand in one of their own. */
import { Injectable } from '@nestjs/common';

@Injectable()
export class Clock {
  now(): Date {
    return new Date();
  }
}
