import { useId, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { StudioClient } from '../../../contract/studio/client.ts'
import { type StudioError, toStudioError } from '../../../domain/errors.ts'
import {
  PROMPT_PLACEHOLDERS,
  type PromptName,
  type PromptState,
  parsePrompt
} from '../../../domain/prompting/prompt-template.ts'
import { useToldError } from '../../language/told.ts'
import { Button } from '../../ui/button.tsx'
import { TextArea } from '../../ui/fields.tsx'
import { Select } from '../../ui/select.tsx'
import { ErrorBox } from '../../ui/states.tsx'
import { usePromptDrafts } from './prompt-drafts.ts'
import { useKeepPrompt } from './use-keep-prompt.ts'
import { useQuery } from './use-query.ts'

const askPrompts = (client: StudioClient) => client.call('prompts.list', {})

/** What language models are told, in words that may be changed. */
export function PromptsPage() {
  const { t } = useTranslation(['settings', 'studio'])
  const { data, error, reload } = useQuery(askPrompts)
  const [name, setName] = useState<PromptName>('brief-retouch')
  if (error) {
    return <ErrorBox error={error} actions={<Button onClick={() => void reload()}>{t('studio:tryAgain')}</Button>} />
  }
  const prompt = data?.prompts.find((each) => each.name === name)
  if (!data || !prompt) return <div className="skeleton" style={{ height: 420 }} />
  return (
    <>
      <p className="quiet">{t('prompts.hint')}</p>
      <Select
        label={t('prompts.template')}
        value={name}
        options={data.prompts.map((each) => ({
          value: each.name,
          label: each.isOwn ? t('prompts.yours', { name: t(`prompts.of.${each.name}`) }) : t(`prompts.of.${each.name}`)
        }))}
        onChange={setName}
      />
      <PromptEditor key={name} prompt={prompt} reload={reload} />
    </>
  )
}

function PromptEditor({ prompt, reload }: { readonly prompt: PromptState; readonly reload: () => Promise<void> }) {
  const { t } = useTranslation(['settings', 'studio'])
  const { drafts, edit, discard } = usePromptDrafts()
  const says = useId()
  const { keep, undo } = useKeepPrompt(prompt, reload)
  const { name, isOwn, builtIn } = prompt
  const text = drafts[name] ?? prompt.text
  const isChanged = text !== prompt.text
  const problem = problemOf(name, text)
  const told = useToldError()
  const isBehind = isOwn && prompt.fault === null && prompt.version < builtIn.version
  return (
    <>
      <TextArea
        label={t('prompts.words')}
        className="input prompt-text"
        rows={18}
        spellCheck={false}
        dir="auto"
        value={text}
        aria-invalid={problem !== null}
        aria-describedby={says}
        onChange={(event) => edit(name, event.target.value)}
      />
      <div id={says} className="prompt-says" role="status">
        {problem ? (
          <>
            <p className="prompt-problem">{told(problem).message}</p>
            <p className="quiet">{told(problem).hint}</p>
          </>
        ) : (
          <>
            <p className="quiet">
              {t('prompts.filledIn')} <code>{PROMPT_PLACEHOLDERS[name].map((each) => `{{${each}}}`).join(' ')}</code>
            </p>
            <p className="quiet">
              {isBehind ? t('prompts.behind') : t(isOwn ? 'prompts.isYours' : 'prompts.isStudios')}
            </p>
          </>
        )}
      </div>
      <div className="entry-actions">
        <Button kind="main" disabled={!isChanged || problem !== null} onClick={() => void keep(text)}>
          {t('prompts.save')}
        </Button>
        <Button disabled={!isChanged} onClick={() => discard(name)}>
          {t('prompts.discard')}
        </Button>
        <Button disabled={!isOwn} onClick={() => void keep(null)}>
          {t('prompts.reset')}
        </Button>
        <Button disabled={undo === null || isChanged} onClick={() => void undo?.()}>
          {t('studio:undo')}
        </Button>
      </div>
    </>
  )
}

function problemOf(name: PromptName, text: string): StudioError | null {
  try {
    parsePrompt(name, text)
    return null
  } catch (thrown) {
    return toStudioError(thrown)
  }
}
