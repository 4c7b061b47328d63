import { describe, expect, it } from 'vitest'
import { attempt, row, sampleJob } from '../../domain/rules/sample-job.fixture.ts'
import { renderReportPage } from './report-page.tsx'

const picture = { src: 'data:image/jpeg;base64,AAAA', size: { width: 800, height: 1000 } }

describe('renderReportPage', () => {
  it('shows attempts side by side with their ledger, what failed first and drawn on the picture', () => {
    const ledger = [
      row('sharpness', 5, { min: 1 }, { question: 'Is the face sharp?' }),
      row(
        'eye-line',
        61,
        { min: 45, max: 55 },
        {
          question: 'Are the eyes at the right height?',
          regions: [{ shape: 'line', label: 'eye line', from: { x: 0, y: 610 }, to: { x: 800, y: 610 } }]
        }
      )
    ]
    const page = renderReportPage(sampleJob({ attempts: [attempt(1, ledger), attempt(2, ledger)] }), () => picture)
    expect(page.indexOf('Are the eyes at the right height?')).toBeLessThan(page.indexOf('Is the face sharp?'))
    expect(page).toContain('61%')
    expect(page).toContain('45 to 55%')
    expect(page).toMatch(/<line[^>]*y1="610"/)
    expect(page).toContain('Attempt 2')
  })

  it('needs nothing from outside and runs no script', () => {
    const page = renderReportPage(sampleJob({ attempts: [attempt(1, [])] }), () => picture)
    expect(page).toContain('default-src &#x27;none&#x27;')
    expect(page).not.toMatch(/<script|https?:\/\//)
  })

  it('shows what people wrote as text, whatever they wrote', () => {
    const job = sampleJob({})
    const [reference] = job.references
    if (!reference) throw new Error('the sample job has a reference')
    const page = renderReportPage(
      {
        ...job,
        references: [{ ...reference, name: '<img src=x onerror=alert(1)>.jpg' }],
        parameters: { ...job.parameters, notes: '</style><b>bold</b>' }
      },
      () => undefined
    )
    expect(page).not.toContain('<img src=x')
    expect(page).not.toContain('<b>bold')
  })

  it('shows the backdrop that was handed in', () => {
    const backdrop = { artifact: 'b'.repeat(64), name: 'hall.hdr', bytes: 1 }
    const shown: string[] = []
    const page = renderReportPage(sampleJob({ backdrop }), (artifact) => {
      shown.push(artifact)
      return picture
    })
    expect(page).toContain('hall.hdr')
    expect(shown).toContain(backdrop.artifact)
    expect(renderReportPage(sampleJob(), () => picture)).not.toContain('Backdrop')
  })

  it('says what a passport-like picture is not for', () => {
    const job = sampleJob({})
    const page = renderReportPage(
      { ...job, parameters: { ...job.parameters, purpose: 'passport_like' } },
      () => undefined
    )
    expect(page).toContain('Not for official documents')
  })
})
