/** The standard objects that ours point to, with the fields that we add to them. Not for front components: the SDK leaves
 * `twenty-sdk/define` out of their bundles. */
import { STANDARD_OBJECT } from 'twenty-sdk/define';
import { companyFields, opportunityFields, personFields, workspaceMemberFields } from './identifiers';

export const person = { object: STANDARD_OBJECT.person.universalIdentifier, fields: personFields };
export const company = { object: STANDARD_OBJECT.company.universalIdentifier, fields: companyFields };
export const opportunity = { object: STANDARD_OBJECT.opportunity.universalIdentifier, fields: opportunityFields };
export const workspaceMember = { object: STANDARD_OBJECT.workspaceMember.universalIdentifier, fields: workspaceMemberFields };
