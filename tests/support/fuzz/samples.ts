/** Bodies that get through to where the work is done, for calls whose parts must fit each other. */
export const samples: Readonly<Record<string, unknown>> = {
  "POST /panels": {
    title: "Another panel",
    question: "Which?",
    rubric: {
      title: "Our words",
      perspectives: [{ id: "public", title: "The public", description: "All of us." }],
      criteria: [{ id: "C1", name: "Cost", perspective: "public", question: "How dear?", polarity: "less-is-better" }],
      scales: [{ id: "five", min: 1, max: 5, step: 1, anchors: [{ level: 1, name: "Low", text: "Little." }] }],
      defaultScale: "five",
      version: "1",
      source: { title: "A source", authors: ["Ada"], url: "https://example.org/a" },
    },
    policies: [{ id: "A", title: "One", description: "Do it." }],
    protocol: { preset: "rand-ucla", minScores: 5, agreeShare: 0.75 },
    facilitatorScores: true,
  },
  "POST /panels/:panelId/invitations": {
    invitations: [{ email: "x@example.org", role: "facilitator", group: "Staff", scores: true }],
  },
  "PUT /panels/:panelId/scores/:policyId/:criterionId": {
    value: 1,
    nonScore: null,
    rationale: "Because.",
    changeReason: { code: "misread", note: "Oh." },
    version: 0,
  },
};
