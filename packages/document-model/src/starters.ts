/** The templates that every workspace has from the start; pages list them, the server writes them. */
type Starter = { title: string; icon: string; summary: string; markdown: string };

export const starters = {
  meeting: {
    title: "Meeting notes",
    icon: "📝",
    summary: "Agenda, notes, decisions and actions",
    markdown: `**Date:**

**People:**

**Goal of this meeting:** what should be decided or known at the end?

## Agenda

1. Follow up on last time's actions
2. Topic, owner, minutes
3. Topic, owner, minutes

## Notes

-

## Decisions

> Write each decision as one sentence that someone who wasn't there will understand.

-

## Actions

- [ ] What, who, by when
- [ ] What, who, by when

## Next meeting
`,
  },
  brief: {
    title: "Project brief",
    icon: "🎯",
    summary: "Problem, goals, scope, plan and risks",
    markdown: `**Owner:**

**Team:**

**Target date:**

## Problem

Who has this problem, how often, and what does it cost them today? Add a number or a quote.

## Goals

How will we know that it worked? Name one to three results that can be measured.

| Measure | Today | Target |
| --- | --- | --- |
|  |  |  |

## Scope

**In scope**

-

**Out of scope**

-

## Plan

| Milestone | Owner | Date | Done when |
| --- | --- | --- | --- |
| First version someone can try |  |  |  |
| Feedback included |  |  |  |
| Launch |  |  |  |

## Risks

- **Risk:** what could go wrong? **Response:** what do we do about it?

## Open questions

- [ ] Question, and who can answer it
`,
  },
  decision: {
    title: "Decision record",
    icon: "⚖️",
    summary: "Context, options, decision and consequences",
    markdown: `**Status:** Proposed

**Deciders:**

**Decide by:**

## Context

What makes a decision necessary now? State facts and constraints, without arguing for an option yet.

## Options

### Option A

- **For:**
- **Against:**
- **Cost:**

### Option B

- **For:**
- **Against:**
- **Cost:**

### Do nothing

- What happens if we leave things as they are?

## Decision

We will …, because …

## Consequences

- What becomes easier?
- What becomes harder?
- When do we look at this again, and what would change our minds?
`,
  },
  weekly: {
    title: "Weekly update",
    icon: "📣",
    summary: "Progress, problems and plans in two minutes",
    markdown: `**Week of:**

**In one sentence:**

## Done

- Result, and why it matters

## Next

- [ ] The most important thing, and its owner
- [ ] The second most important thing, and its owner

## Problems

- What is stuck, since when, and what help is needed?

## Numbers

| Measure | Last week | This week |
| --- | --- | --- |
|  |  |  |

## Thanks

-
`,
  },
  incident: {
    title: "Incident review",
    icon: "🚨",
    summary: "Timeline, causes and follow-ups, without blame",
    markdown: `**Started:**

**Resolved:**

**Severity:**

**Author:**

## Summary

What happened, who was affected, and for how long? Two or three sentences that anyone can understand.

## Impact

- People or customers affected:
- Data lost or wrong:
- Promises missed:

## Timeline

| Time | What happened |
| --- | --- |
|  | First sign of the problem |
|  | Someone noticed |
|  | Cause found |
|  | Fixed |

## Causes

Ask "why?" until the answer is something you can change. Describe systems and decisions, not people.

1.
2.
3.

## What went well

-

## What went badly

-

## Follow-ups

- [ ] Prevent: what stops it from happening again?
- [ ] Detect: what would have told us sooner?
- [ ] Respond: what would have made the fix faster?
`,
  },
  onboarding: {
    title: "Onboarding plan",
    icon: "👋",
    summary: "First day, first week and first three months",
    markdown: `Welcome! This page is yours: check things off, change it, and add what was missing for the next person.

**Your guide:**

**Your manager:**

## Before the first day

- [ ] Accounts and access are ready
- [ ] Equipment is ready
- [ ] The first week is in the calendar

## First day

- [ ] Meet your guide and your team
- [ ] Sign in everywhere and set up your computer
- [ ] Read how we work together
- [ ] Finish one small task from start to end

## First week

- [ ] Talk to each person you will work with
- [ ] Learn who uses what we make, and what for
- [ ] Agree on goals for the first month
- [ ] Improve something in this plan

## First three months

| By the end of | You will |
| --- | --- |
| Month 1 | Know the people, the tools and the current work |
| Month 2 | Lead a piece of work of your own |
| Month 3 | Help to plan what comes next |

## Questions

Write down everything that is unclear. Your guide goes through the list with you every week.

-
`,
  },
} as const satisfies Record<string, Starter>;

export type StarterKey = keyof typeof starters;

export const starterKeys = Object.keys(starters) as [StarterKey, ...StarterKey[]];
