export type {
  AlternativeAnswer,
  Conversation,
  ConversationItem,
  ConversationSection,
  EarlierAnswers,
  PreviousAnswer,
} from './conversation.ts';
export type { Instrument, InstrumentRefusal, ItemAnswer, ItemAnswers, LicenceVerdict } from './instrument.ts';
export { loadInstrumentLibrary, shippedInstruments } from './instrument-library.ts';
export type {
  InstrumentLibrary,
  InstrumentPack,
  LibraryEntry,
  LibraryOptions,
  LibraryRefusal,
} from './instrument-library.ts';
export type { AnswerOption, InstrumentItem } from './questionnaire.ts';
export { isQuestionnaireResponse, readQuestionnaireResponse } from './questionnaire-response.ts';
export type { QuestionnaireResponse } from './questionnaire-response.ts';
export { readPlainAnswers } from './read-answers.ts';
export type { AnswerOutcome, AnswerRefusal, AnswerRefusalCode } from './read-answers.ts';
export { scoreAnswers } from './score-answers.ts';
export type {
  Completeness,
  Contribution,
  NamedScore,
  ScoreBand,
  ScorePrompt,
  ScoreResult,
  ScoringContext,
} from './score-result.ts';
export type { ScoreChange, ScorePoint } from './score-change.ts';
export { recordScreening, type RecordScreeningInput } from './record-screening.ts';
export type { SavedScreening, SaveScreeningInput, SaveScreeningRefusal } from './save-screening.ts';
export type { ConfirmedNeed, DecideScreeningParts } from './decide-screening.ts';
export { latestScores, screeningsOf } from './screening-store.ts';
export type { Screening, ScreeningDecision } from './screening-store.ts';
export { screeningPicture } from './screening-picture.ts';
export { registerScreeningRoutes } from './screening-routes.ts';
export type { ScreeningRouteParts } from './screening-parts.ts';
export { recentScreenings, type RecentScreening } from './recent-screenings.ts';
