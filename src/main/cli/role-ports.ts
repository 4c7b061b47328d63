/** Where a server of each role listens unless it is told: the ports of the seed system. */
export const ROLE_PORTS = { jobs: 8001, flux: 8000 } as const
