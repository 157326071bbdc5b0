/** What somebody on a study's staff may do. Every staff operation of the endpoint names the roles it is for. */
export const STAFF_ROLES = ['recruiter', 'facilitator', 'coordinator', 'statistician'] as const;

export type StaffRole = (typeof STAFF_ROLES)[number];
