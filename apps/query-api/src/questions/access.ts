import { type Role } from '@affidavit/service-kit';
import { queryError } from '../query-error.ts';

/** What a request does: read the record, look for words in what people wrote, show pieces of it around those words. */
export type Right = 'read_record' | 'search_content' | 'read_content' | 'see_names' | 'assert_links';

/** Who may do what. A role that is missing here may do nothing: a new role is shut out until somebody decides. */
const rights: Readonly<Partial<Record<Role, readonly Right[]>>> = {
  investigator: ['read_record', 'search_content', 'read_content', 'see_names', 'assert_links'],
  reviewer: ['read_record', 'search_content', 'read_content', 'see_names', 'assert_links'],
  auditor: ['read_record', 'search_content', 'read_content', 'see_names'],
  data_team: ['read_record'],
};

export const may = (role: Role, right: Right): boolean => rights[role]?.includes(right) ?? false;

const sentences: Readonly<Record<Right, string>> = {
  read_record: 'This role does not read the record.',
  search_content: 'This role does not search content: leave q out, or ask as an investigator, reviewer or auditor.',
  read_content: 'This role does not read content: leave highlight out.',
  assert_links:
    'This role does not say what belongs together: investigators and reviewers do, and an auditor finds the record as it is.',
  see_names: 'This role does not see names.',
};

export function requireRight(role: Role, right: Right): void {
  if (!may(role, right)) throw queryError('forbidden', sentences[right]);
}
