export { localAdvice } from './local-advice.ts';
export type { LocalIo } from './local-io.ts';
export { NEEDED_WINDOW, RECOMMENDED_WINDOW } from './needed-window.ts';
export { settleOnce } from './settle-once.ts';
export { canBeSettled, settleProfile } from './settle-profile.ts';
