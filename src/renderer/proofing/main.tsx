import { createRoot } from 'react-dom/client'
import { BUNDLE_ELEMENT, type ProofingBundle } from '../../domain/delivery/proofing-page.ts'
import { ProofingPage } from './proofing-page.tsx'
import './proofing.css'

const root = document.getElementById('root')
const told = document.getElementById(BUNDLE_ELEMENT)?.textContent
if (!root || !told) throw new Error('The page has no bundle to show.')
// Written by the studio into the same file as this script.
const bundle: ProofingBundle = JSON.parse(told)
createRoot(root).render(<ProofingPage bundle={bundle} />)
