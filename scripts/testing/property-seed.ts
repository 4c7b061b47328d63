import { configureGlobal } from 'fast-check'

/**
 * Properties are tried on the same values in every run, so that a failure tells of a change and not of luck.
 * `APEX_TEST_SEED=random` tries others, and any number those of that seed: how new cases are looked for.
 */
const { APEX_TEST_SEED: asked = '1' } = process.env
if (asked !== 'random') configureGlobal({ seed: Number(asked) })
