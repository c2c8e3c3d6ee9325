import { XMLValidator } from 'fast-xml-parser';

/** Why a text is not well-formed XML, as a sentence; undefined when it is. */
export function xmlFault(text: string): string | undefined {
  try {
    const answer = XMLValidator.validate(text);
    return answer === true ? undefined : `${answer.err.msg.replace(/\.$/, '')} (line ${answer.err.line}).`;
  } catch {
    return 'it could not be read at all.';
  }
}
