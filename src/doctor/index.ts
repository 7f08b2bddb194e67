export { doctorPage, errorIn, summaryOf, type DoctorError, type DoctorSummary } from './doctor-page.ts';
export { examine, type Examination } from './examine.ts';
export type { Finding } from './finding.ts';
export { Installation, type InstallationFacts } from './installation.ts';
export { mend } from './mend.ts';
