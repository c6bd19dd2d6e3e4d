import { type Balancer, startBalancer } from "./balancer.ts";
import { startNginx } from "./nginx.ts";

/** What stands before several nodes in this run: the nginx that the run names, or else a balancer of our own. */
export function startFront(nginx = process.env.CONCORD_TEST_NGINX): Promise<Balancer> {
  return nginx ? startNginx(nginx) : startBalancer();
}
