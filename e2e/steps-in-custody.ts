import type { Visitor } from './journey.ts';

// What a practitioner does in custody, step by step, by the words on the screen.

/** From the suite board to the conversation, and an agreed offer. Ends on the consent page; gives the record's path. */
export async function offerContact(visitor: Visitor, name: string): Promise<string> {
  const row = visitor.page.getByRole('row', { name: new RegExp(name) });
  await visitor.follow(/(Offer contact|Make first offer)/, row);
  const record = new URL(visitor.page.url()).pathname.replace(/\/contact$/, '');
  await visitor.press('Agrees to be seen');
  return record;
}

/** Several decisions in one conversation: the line as the page begins it, and the words of the answer. */
export async function recordDecisions(
  visitor: Visitor,
  decisions: readonly (readonly [RegExp, string])[],
): Promise<void> {
  for (const [line, answer] of decisions) await visitor.choose(line, answer);
  await visitor.press('Save what was decided');
  await visitor.sees(`Saved: ${String(decisions.length)} decisions`);
}

/** PHQ-9: the first two questions as given, the others not at all. Nine questions of Kroenke, Spitzer and Williams. */
export const phq9Questions = [
  /Little interest/,
  /Feeling down/,
  /Trouble falling/,
  /Feeling tired/,
  /Poor appetite/,
  /Feeling bad about/,
  /Trouble concentrating/,
  /Moving or speaking/,
  /Thoughts that you/,
] as const;

export async function askAuditC(visitor: Visitor, record: string): Promise<void> {
  await visitor.open(`${record}/screening/audit-c`);
  await visitor.choose(/How often do you have a drink/, '4 or more times a week');
  await visitor.choose(/How many units/, '7 to 9');
  await visitor.choose(/6 or more units/, 'Weekly');
  await visitor.press('Finish AUDIT-C');
  await visitor.sees(/10\s*of 12/);
}

export interface NeedTold {
  readonly label: RegExp;
  readonly words: string;
}

/** Needs found, each with what was told and that help is wanted; and one that was asked about and is none. */
export async function recordNeeds(
  visitor: Visitor,
  record: string,
  needs: readonly NeedTold[],
): Promise<void> {
  await visitor.open(`${record}/needs`);
  for (const { label, words } of needs) {
    await visitor.choose(label, 'Need found');
    const more = visitor.page.locator('details', {
      hasText: new RegExp(`: ${label.source.replaceAll(/[$^]/g, '')}`),
    });
    if ((await more.getAttribute('open')) === null) await more.locator('summary').click();
    await visitor.fill('In a few words', words, more);
    await more.getByLabel('Services').selectOption({ label: 'None known' });
    await more.getByLabel('Wants help').selectOption({ label: 'Yes' });
  }
  await visitor.choose(/^Gambling$/, 'Asked, no need');
  await visitor.press('Save to the record');
  await visitor.sees(/\d found, 0 declined/);
}

export interface Written {
  readonly takingPart: string;
  readonly recommendation: string;
  readonly formulation: string;
}

/** A short assessment, signed. */
export async function signAssessment(visitor: Visitor, record: string, written: Written): Promise<void> {
  await visitor.open(`${record}/assessment`);
  await visitor.fill('Formulation', written.formulation);
  await visitor.fill('Taking part', written.takingPart);
  await visitor.fill('Recommendation for the police or the court', written.recommendation);
  await visitor.fill('Plan', 'Refer today; ring the day after release.');
  await visitor.press('Sign this version');
  await visitor.sees(/Version 1, signed/);
}

export async function writeSafetyPlan(visitor: Visitor, record: string, helps: string): Promise<void> {
  await visitor.open(`${record}/safety-plan`);
  await visitor.fill('It gets worse for me when', 'Evenings, when the phone is flat');
  await visitor.fill('What helps me', helps);
  await visitor.choose('How was it written?', 'We wrote it together');
  await visitor.choose(/given a copy/, 'Yes');
  await visitor.press('Save the plan');
  await visitor.sees(/Version 1/);
}

export interface ReportTo {
  readonly kind: string;
  readonly name: string;
  /** Their account, when they read signed in. */
  readonly reader?: string;
}

/** Starts a report, says that the person heard it, signs and sends. Ends on the page after sending. */
export async function signAndSendReport(visitor: Visitor, record: string, to: ReportTo): Promise<void> {
  await visitor.open(`${record}/reports/new`);
  await visitor.choose(/Who is it for/, to.kind);
  await visitor.fill('Their name', to.name);
  if (to.reader !== undefined)
    await visitor.page.getByLabel('Do they read reports here?').selectOption({ label: to.reader });
  await visitor.press('Start writing');
  await visitor.choose(/heard what it says/, 'Yes, read to them');
  await visitor.sees(/\d items? (is|are) held back/);
  await visitor.press(/^Sign and send/);
}

/** The address of a link that is shown once. */
export async function linkShown(visitor: Visitor): Promise<string> {
  return visitor.page.locator('main input[readonly]').first().inputValue();
}

/** Somebody leaves the suite for court or home. */
export async function recordLeaving(
  visitor: Visitor,
  record: string,
  how: string,
  hearing?: Temporal.PlainDate,
): Promise<void> {
  await visitor.open(`${record}/leave`);
  await visitor.choose(/phone, and is it charged/, 'Yes');
  await visitor.choose(/somewhere safe/, 'No');
  await visitor.choose('What was decided?', how);
  if (hearing !== undefined) {
    await visitor.page
      .getByLabel('Court', { exact: true })
      .selectOption({ label: 'Manchester Magistrates’ Court' });
    await visitor.fill('Day', String(hearing.day));
    await visitor.fill('Month', String(hearing.month));
    await visitor.fill('Year', String(hearing.year));
  }
  await visitor.press('Record leaving');
}
