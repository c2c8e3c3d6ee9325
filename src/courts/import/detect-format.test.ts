import assert from 'node:assert/strict';
import test from 'node:test';
import { detectCourtFormat, parseCourtFile } from './index.ts';

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

test('what is no court message is named, with what to do about it', () => {
  const cases: readonly (readonly [string, string])[] = [
    ['<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema"/>', 'xml-schema'],
    ['<con:soapui-project xmlns:con="x"><a/></con:soapui-project>', 'soapui-project'],
    ['{"$schema":"http://json-schema.org/draft-04/schema#"}', 'json-schema'],
    ['{"access_token":"x"}', 'access-token'],
    ['{"offenderId":1,"otherIds":{"crn":"X1"}}', 'probation-record'],
    ['[]', 'empty-json'],
    ['', 'empty-file'],
    ['---\nhttp_interactions:\n- request:', 'recorded-http-exchange'],
    ['{"pleaValue":"GUILTY"}', 'court-message-fragment'],
    ['{"targets":[]}', 'results-without-hearing'],
  ];
  for (const [text, what] of cases) {
    const found = detectCourtFormat(bytes(text));
    assert.equal(found.kind === 'not-a-court-message' && found.recognised ? found.what : found.kind, what);
  }
  for (const text of ['hello', '{"colour":"green"}', '<colour/>', '%PDF-1.7']) {
    const found = detectCourtFormat(bytes(text));
    assert.ok(found.kind === 'not-a-court-message' && !found.recognised, text);
  }
});

test('a court message with nothing to use is refused with its reason', () => {
  const refusal = (text: string): string => {
    const outcome = parseCourtFile(bytes(text));
    assert.equal(outcome.kind, 'refused', text);
    return outcome.kind === 'refused' ? outcome.code : '';
  };
  assert.equal(refusal('{"Type":"Notification","MessageId":"a","Message":""}'), 'envelope-empty');
  assert.equal(
    refusal('{"Type":"Notification","MessageId":"a","Message":"foo"}'),
    'envelope-without-court-message',
  );
  assert.equal(refusal('["com.example",{"s3BucketName":"b","s3Key":"k"}]'), 'large-message-pointer');
  assert.equal(refusal('<ExternalDocumentRequest></ExternalDocumentRequest>'), 'no-documents');
  assert.equal(refusal('{"hearing": {{'), 'damaged');
});
