// Numbers for invented people, right by construction. NHS numbers come from the 999 range, which is kept for tests.

/**
 * The tenth digit of an NHS number, or null when its first nine can have none (modulus 11; NHS Data Dictionary).
 */
function nhsCheckDigit(nine: string): number | null {
  let sum = 0;
  for (let i = 0; i < 9; i += 1) sum += Number(nine[i]) * (10 - i);
  const check = 11 - (sum % 11);
  return check === 10 ? null : check % 11;
}

/**
 * NHS numbers of the 999 range in a scattered order, each once, leaving out those `taken`. The range holds about
 * 909,000: whoever comes after has none, as many people in custody have none that we know.
 */
export function nhsNumbers(count: number, taken: ReadonlySet<string>): readonly string[] {
  const found: string[] = [];
  // 618,033 shares no factor with a million, so every body comes once.
  for (
    let i = 0, body = 417_208;
    i < 1_000_000 && found.length < count;
    i += 1, body = (body + 618_033) % 1_000_000
  ) {
    const nine = `999${String(body).padStart(6, '0')}`;
    const check = nhsCheckDigit(nine);
    if (check === null) continue;
    const number = `${nine}${String(check)}`;
    if (!taken.has(number) && !/^(\d)\1{9}$/.test(number)) found.push(number);
  }
  return found;
}

const CHECK_LETTERS = 'ZABCDEFGHJKLMNPQRTUVWXY';

/** A PNC number of this year and serial with its letter: two year digits and seven of serial, modulo 23. */
export function pncNumber(year: number, serial: number): string {
  const digits = String(serial).padStart(7, '0');
  const letter = CHECK_LETTERS[Number(`${String(year).slice(-2)}${digits}`) % 23] ?? '';
  return `${String(year)}/${digits}${letter}`;
}
