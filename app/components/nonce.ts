import { createContext } from "react";

/** The nonce of the page being drawn on the server; absent in the browser. */
export const Nonce = createContext<string | undefined>(undefined);
