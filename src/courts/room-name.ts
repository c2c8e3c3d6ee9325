/** "01", "Court room 3" and "3" are all one door: "Courtroom 3". Another name stays as the court wrote it. */
export function roomName(room: string | null): string {
  if (room === null || room.trim() === '') return 'Courtroom not given';
  const found = /^(?:court\s*room|court|room|ct)?\.?\s*0*(\d{1,3}[A-Za-z]?)$/i.exec(room.trim());
  return found === null ? room.trim() : `Courtroom ${found[1] ?? ''}`;
}

/** What the hearing is for, in the case of a sentence: Libra's "First Hearings Slot" is "First hearings". */
export function hearingWords(type: string | null): string | null {
  const plain = (type ?? '')
    .replace(/\s+slot$/i, '')
    .replace(/\s+/g, ' ')
    .trim();
  if (plain === '') return null;
  const eased = plain
    .split(' ')
    .map((word) => (/^[A-Z]{2,4}$/.test(word) ? word : word.toLowerCase()))
    .join(' ');
  return eased.charAt(0).toUpperCase() + eased.slice(1);
}
