import { writeFileSync } from 'node:fs';
import { writeDirectory } from '../write-open-referral.ts';
import { alcoholDrugsGamblingServices } from './alcohol-drugs-gambling-services.ts';
import { communityServices } from './community-services.ts';
import { greaterManchesterFile } from './demo-directory.ts';
import { demoListing } from './demo-service.ts';
import { homeMoneyWorkServices } from './home-money-work-services.ts';
import { mentalHealthServices } from './mental-health-services.ts';
import { safetyServices } from './safety-services.ts';
import { thinkingAndBodyServices } from './thinking-and-body-services.ts';

/**
 * The invented directory of the demonstration area as an Open Referral UK 3.0 page, from the hand-written rows beside
 * this file. Run this file to write greater-manchester.json again after changing a row; a test fails until it is.
 */
export function greaterManchesterPage(): string {
  const rows = [
    ...mentalHealthServices,
    ...thinkingAndBodyServices,
    ...alcoholDrugsGamblingServices,
    ...homeMoneyWorkServices,
    ...safetyServices,
    ...communityServices,
  ];
  return `${JSON.stringify(writeDirectory(rows.map(demoListing)), null, 2)}\n`;
}

if (import.meta.main) writeFileSync(greaterManchesterFile, greaterManchesterPage());
