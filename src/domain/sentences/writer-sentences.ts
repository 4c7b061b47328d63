/**
 * What is said of a text that a model wrote, or failed to write: to the model, which mends it, and to the photographer, who
 * is told whose words these are and why.
 */
export const WRITER_SENTENCES = {
  'written-by-model': 'Written by the model {{model}}.',
  'written-by-rules': "Written by the studio's own rules, from the ledger alone.",
  'report-by-rules': "The model's report could not be used.",
  'report-without-ledger': 'No model was asked, as there is no ledger to write from.',
  'prompt-by-rules': "The prompt is that of the rules, as the model's could not be used.",
  'prompt-not-mended': "The prompt is that of the rules, as the model's could not be mended.",
  'prompt-mended': "The model's prompt was mended.",
  'prompt-shortened': 'The prompt was shortened.',

  'prompt-lacks': 'It does not say the {{parameter}}: {{words}}.',
  'prompt-contradicts': 'It asks for {{words}}, but the {{parameter}} is to be {{wanted}}.',
  'prompt-invents': 'It says "{{words}}", which is not to be seen in the photo.',
  'prompt-keeps-nothing': 'It does not say what of the reference to keep.',
  'prompt-word-count': 'It has {{count}} words; it takes {{min}} to {{max}}.',
  'prompt-tokens': 'It has {{count}} tokens by the tokenizer of the generator, which reads {{max}}.',
  'prompt-words-sent': 'It has {{count}} words; a generator that tells no tokenizer is sent {{max}}.',

  'answer-missing': 'The model did not answer.',
  'answer-cut-off': 'The answer was cut off: make it shorter.',
  'answer-without-json': 'There is no JSON object in it.',

  'report-figure': 'The figure {{value}} is not in the ledger.',
  'report-figure-elsewhere': 'The figure {{value}} is not in the rows that its statement refers to.',
  'report-summary-ungrounded': 'The summary refers to no criterion.',
  'report-summary-row-unknown': 'No ledger has "{{criterion}}", which the summary refers to.',
  'report-attempt-count': 'It speaks of {{count}} attempts, and there were {{given}}.',
  'report-attempt-praised': 'The analysis of attempt {{count}} says that it went well, but it did not pass.',
  'report-success': 'The summary says that it went well, but no attempt passed every check.',
  'report-attempt-missing': 'Attempt {{count}} has no analysis.',
  'report-attempt-unknown': 'There was no attempt {{count}}.',
  'report-attempt-twice': 'Attempt {{count}} is told twice.',
  'report-row-unknown': 'The ledger of attempt {{count}} has no "{{criterion}}".',
  'report-row-missing': 'The analysis of attempt {{count}} refers to no criterion.',
  'report-failure-left-out': 'The analysis of attempt {{count}} leaves out what failed: {{criteria}}.',
  'report-no-cause': 'There is no root cause.',
  'report-cause-ungrounded': 'The cause "{{words}}" refers to no criterion.',
  'report-cause-passed': '"{{criterion}}" is given as a cause, but did not fail.',
  'report-advice-ungrounded': 'The advice "{{words}}" refers to nothing that failed.',
  'report-parameter-unknown': 'There is no parameter "{{parameter}}".',
  'report-choice-unknown': '"{{words}}" is no {{parameter}}; there are {{choices}}.',
  'report-choice-same': 'The {{parameter}} is "{{words}}" already.'
} as const
