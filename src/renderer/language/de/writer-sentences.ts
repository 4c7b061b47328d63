import type { WRITER_SENTENCES } from '../../../domain/sentences/writer-sentences.ts'

export const GERMAN_WRITER_SENTENCES = {
  'written-by-model': 'Geschrieben vom Modell {{model}}.',
  'written-by-rules': 'Geschrieben von den Regeln des Studios, allein aus dem Protokoll.',
  'report-by-rules': 'Der Bericht des Modells war nicht zu gebrauchen.',
  'report-without-ledger': 'Kein Modell wurde gefragt, denn es gibt kein Protokoll, aus dem sich schreiben ließe.',
  'prompt-by-rules': 'Der Prompt ist der der Regeln, denn der des Modells war nicht zu gebrauchen.',
  'prompt-not-mended': 'Der Prompt ist der der Regeln, denn der des Modells ließ sich nicht ausbessern.',
  'prompt-mended': 'Der Prompt des Modells wurde ausgebessert.',
  'prompt-shortened': 'Der Prompt wurde gekürzt.',

  'prompt-lacks': 'Darin fehlt „{{parameter}}“: {{words}}.',
  'prompt-contradicts': 'Er verlangt {{words}}, aber für „{{parameter}}“ ist bestellt: {{wanted}}.',
  'prompt-invents': 'Er nennt „{{words}}“, was im Foto nicht zu sehen ist.',
  'prompt-keeps-nothing': 'Er sagt nicht, was vom Foto bleiben soll.',
  'prompt-word-count': 'Er hat {{count}} Wörter; es sollen {{min}} bis {{max}} sein.',
  'prompt-tokens': 'Er hat nach dem Tokenizer des Bildmodells {{count}} Tokens; gelesen werden {{max}}.',
  'prompt-words-sent': 'Er hat {{count}} Wörter; ein Bildmodell, das keinen Tokenizer nennt, bekommt {{max}}.',

  'answer-missing': 'Das Modell hat nicht geantwortet.',
  'answer-cut-off': 'Die Antwort brach ab: Sie muss kürzer sein.',
  'answer-without-json': 'Es ist kein JSON-Objekt darin.',

  'report-figure': 'Die Zahl {{value}} steht nicht im Protokoll.',
  'report-success': 'Die Zusammenfassung nennt es gelungen, aber kein Versuch hat jede Prüfung bestanden.',
  'report-attempt-missing': 'Zu Versuch {{count}} fehlt die Analyse.',
  'report-attempt-unknown': 'Es gab keinen Versuch {{count}}.',
  'report-attempt-twice': 'Versuch {{count}} kommt zweimal vor.',
  'report-row-unknown': 'Im Protokoll von Versuch {{count}} gibt es „{{criterion}}“ nicht.',
  'report-row-missing': 'Die Analyse von Versuch {{count}} bezieht sich auf keine Prüfung.',
  'report-failure-left-out': 'Die Analyse von Versuch {{count}} lässt aus, was nicht bestanden wurde: {{criteria}}.',
  'report-no-cause': 'Es ist keine Ursache genannt.',
  'report-cause-ungrounded': 'Die Ursache „{{words}}“ bezieht sich auf keine Prüfung.',
  'report-cause-passed': '„{{criterion}}“ ist als Ursache genannt, wurde aber bestanden.',
  'report-advice-ungrounded': 'Der Rat „{{words}}“ bezieht sich auf nichts, was nicht bestanden wurde.',
  'report-parameter-unknown': 'Es gibt keinen Parameter „{{parameter}}“.',
  'report-choice-unknown': '„{{words}}“ gibt es unter „{{parameter}}“ nicht; es gibt {{choices}}.',
  'report-choice-same': 'Unter „{{parameter}}“ steht schon „{{words}}“.'
} satisfies Readonly<Record<keyof typeof WRITER_SENTENCES, string>>
