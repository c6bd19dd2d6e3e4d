import { expect, test } from "vitest";
import { listMail } from "#db/outbox.ts";
import { aPanel, done } from "#tests/support/panels.ts";
import { aPostOffice } from "#tests/support/post-office.ts";
import { startServer, type TestServer } from "#tests/support/server.ts";

const invitee = "ida@example.org";

async function invite(server: TestServer): Promise<string> {
  const { panelId, facilitator } = await aPanel(server, { reviewers: 0, cells: false });
  const invitations = [{ email: invitee, role: "reviewer" }];
  return done(await facilitator.call("POST", `/panels/${panelId}/invitations`, { invitations }), 201).invitations[0]
    .url;
}

async function outboxOf(server: TestServer) {
  return (await listMail(server.app.database.pool, 10)).filter(({ recipient }) => recipient === invitee);
}

test("without a mail server a mail waits in the outbox", async () => {
  const server = await startServer();
  const url = await invite(server);
  await server.app.mail.settle();
  const [mail] = await outboxOf(server);
  expect(mail).toMatchObject({ recipient: invitee, sentAt: null });
  expect(mail?.body).toContain(url);
  await server.stop();
});

test("a mail server is given the mail after the answer, and the outbox says so", async () => {
  const postOffice = await aPostOffice();
  const server = await startServer({ config: { smtpUrl: postOffice.url, mailFrom: "Concord <concord@example.org>" } });
  const url = await invite(server);
  await server.app.mail.settle();
  expect(postOffice.mails).toHaveLength(1);
  const [mail = ""] = postOffice.mails;
  expect(mail).toContain("From: Concord <concord@example.org>");
  expect(mail).toContain(`To: ${invitee}`);
  expect(mail.replaceAll("=\n", "").replaceAll("=3D", "=")).toContain(url);
  expect((await outboxOf(server))[0]?.sentAt).toMatch(/^\d{4}-/);
  await server.stop();
  await postOffice.close();
});

test("a mail server that is gone fails no request and loses no mail", async () => {
  const server = await startServer({ config: { smtpUrl: "smtp://127.0.0.1:1" } });
  await invite(server);
  await server.app.mail.settle();
  expect(await outboxOf(server)).toMatchObject([{ sentAt: null }]);
  await server.stop();
});

test("an address or a title cannot add lines to a mail's head", async () => {
  const postOffice = await aPostOffice();
  const server = await startServer({ config: { smtpUrl: postOffice.url } });
  const subject = "Hello\r\nBcc: eve@example.org";
  await server.app.mail.send({ to: "ida@example.org\r\nBcc: eve@example.org", subject, body: "Text." });
  await server.app.mail.settle();
  const head = postOffice.mails[0]?.split("\n\n", 1)[0] ?? "";
  expect(head).not.toMatch(/^Bcc:/im);
  await server.stop();
  await postOffice.close();
});
