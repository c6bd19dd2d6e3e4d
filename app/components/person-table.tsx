import { DataTable } from "./data-table.tsx";
import { Moment } from "./moment.tsx";

export interface Person {
  readonly userId: string;
  readonly name: string;
  readonly email: string;
  readonly isAdministrator: boolean;
  readonly hasPassword: boolean;
  readonly hasSecondStep: boolean;
  readonly createdAt: string;
}

export function PersonTable({ people }: { people: readonly Person[] }) {
  return (
    <DataTable caption="People with an account" hidesCaption>
      <thead>
        <tr>
          <th scope="col">Name</th>
          <th scope="col">E-mail</th>
          <th scope="col">Since</th>
          <th scope="col">Account</th>
        </tr>
      </thead>
      <tbody>
        {people.map((person) => (
          <tr key={person.userId}>
            <th scope="row">
              <bdi>{person.name}</bdi>
            </th>
            <td>{person.email}</td>
            <td>
              <Moment at={person.createdAt} />
            </td>
            <td>{accountWords(person)}</td>
          </tr>
        ))}
      </tbody>
    </DataTable>
  );
}

function accountWords({ isAdministrator, hasPassword, hasSecondStep }: Person): string {
  const password = hasPassword ? "has a password" : "no password yet";
  const parts = [isAdministrator ? "administrator" : "", password, hasSecondStep ? "two-step sign-in" : ""];
  const words = parts.filter((part) => part !== "").join(", ");
  return words.charAt(0).toUpperCase() + words.slice(1);
}
