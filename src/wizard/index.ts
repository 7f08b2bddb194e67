export { addProfile, type AddedProfile } from './add-profile.ts';
export { chosenEntries } from './chosen-entries.ts';
export { editProfile, type EditedProfile } from './edit-profile.ts';
export { withWizard } from './open-wizard.ts';
export type { Removal } from './plan-removal.ts';
export { readFlags } from './read-flags.ts';
export { deleteEntries, planTrustedRemoval, removeProfile } from './remove-profile.ts';
