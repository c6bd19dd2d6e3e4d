import { index, type RouteConfig, route } from "@remix-run/route-config";

export default [
  index("routes/home.tsx"),
  route("sign-in", "routes/sign-in.tsx"),
  route("sign-out", "routes/sign-out.tsx"),
  route("set-up", "routes/set-up.tsx"),
  route("invitations/:token", "routes/invitation.tsx"),
  route("panels", "routes/panels.tsx"),
  route("panels/new", "routes/new-panel.tsx"),
  route("panels/:panelId", "routes/overview.tsx"),
  route("panels/:panelId/set-up", "routes/edit-set-up.tsx"),
  route("panels/:panelId/score", "routes/score.tsx"),
  route("panels/:panelId/score/check", "routes/check.tsx"),
  route("panels/:panelId/receipt", "routes/receipt.tsx"),
  route("panels/:panelId/board", "routes/board.tsx"),
  route("panels/:panelId/board/:policyId/:criterionId", "routes/cell.tsx"),
  route("panels/:panelId/consensus", "routes/consensus.tsx"),
  route("panels/:panelId/report", "routes/report.tsx"),
  route("panels/:panelId/manage", "routes/manage.tsx"),
  route("profile", "routes/profile.tsx"),
  route("admin", "routes/admin.tsx"),
  route("*", "routes/nothing-here.tsx"),
] satisfies RouteConfig;
