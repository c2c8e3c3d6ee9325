/** The boards and pages a change to a referral touches. */
export function topicsOf(referral: {
  readonly id: string;
  readonly personId: string;
  readonly ownerId: string;
  readonly teamId: string | null;
}): readonly string[] {
  return [
    `referral:${referral.id}`,
    `person:${referral.personId}`,
    `worker:${referral.ownerId}`,
    ...(referral.teamId === null ? [] : [`team:${referral.teamId}`]),
  ];
}
