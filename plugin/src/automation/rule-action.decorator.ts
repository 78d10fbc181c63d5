/** Marks a class as an action that rules can use: see rule-action.ts. */
import { applyDecorators, Injectable, SetMetadata } from '@nestjs/common';

export const RULE_ACTION = 'patchbay:rule-action';

export const RuleAction = (): ClassDecorator => applyDecorators(Injectable(), SetMetadata(RULE_ACTION, true));
