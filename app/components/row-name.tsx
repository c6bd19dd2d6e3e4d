import { labelOf, type Rubric } from "#rubric/rubric.ts";

interface RowNameProps {
  /** What the row is known by: a cell's or a criterion's id. */
  readonly id: string;
  readonly criterionId: string;
  readonly rubric: Pick<Rubric, "criteria">;
}

/** The head of a table's row that tells of one criterion. */
export function RowName({ id, criterionId, rubric }: RowNameProps) {
  const criterion = rubric.criteria.find((one) => one.id === criterionId);
  return (
    <th scope="row">
      {id} <bdi>{criterion ? labelOf(criterion) : ""}</bdi>
    </th>
  );
}
