import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { createRefetcher } from "#app/hooks/refetcher.ts";

const pause = (ms: number) => vi.advanceTimersByTimeAsync(ms);
const delay = () => 10;

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

describe("refetching a page", () => {
  it("makes one refetch of changes that come together", async () => {
    let count = 0;
    const refetch = async () => {
      count += 1;
    };
    const refetcher = createRefetcher({ refetch, delay });
    for (let change = 0; change < 20; change += 1) refetcher.request();
    await pause(60);
    expect(count).toBe(1);
  });

  it("has one in flight and one waiting, however many changes come", async () => {
    let [flying, most, count] = [0, 0, 0];
    const refetch = async () => {
      flying += 1;
      most = Math.max(most, flying);
      count += 1;
      await new Promise((resolve) => setTimeout(resolve, 40));
      flying -= 1;
    };
    const refetcher = createRefetcher({ refetch, delay });
    refetcher.request();
    await pause(25);
    for (let change = 0; change < 20; change += 1) refetcher.request();
    await pause(200);
    expect({ most, count }).toEqual({ most: 1, count: 2 });
  });

  it("waits in a hidden tab, and fetches when it is asked again in a visible one", async () => {
    let [count, isVisible] = [0, false];
    const refetch = async () => {
      count += 1;
    };
    const refetcher = createRefetcher({ refetch, delay, isVisible: () => isVisible });
    refetcher.request();
    await pause(40);
    expect(count).toBe(0);
    isVisible = true;
    refetcher.request();
    await pause(40);
    expect(count).toBe(1);
  });

  it("goes on after a refetch that failed, and stops when told", async () => {
    let count = 0;
    const refetch = async () => {
      count += 1;
      throw new Error("unreachable");
    };
    const refetcher = createRefetcher({ refetch, delay });
    refetcher.request();
    await pause(40);
    refetcher.request();
    await pause(40);
    expect(count).toBe(2);
    refetcher.request();
    refetcher.stop();
    await pause(40);
    expect(count).toBe(2);
  });
});
