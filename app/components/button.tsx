import { Link } from "@remix-run/react";
import type { ButtonHTMLAttributes, ReactNode } from "react";
import styles from "./button.module.css";

/** `primary` is filled: one on a page. `plain` looks like a link. */
type ButtonLook = "primary" | "secondary" | "danger" | "plain";

type ButtonProps = Omit<ButtonHTMLAttributes<HTMLButtonElement>, "className"> & { readonly look?: ButtonLook };

/** A submit button, unless `type` says otherwise. */
export function Button({ look = "secondary", type = "submit", ...rest }: ButtonProps) {
  return <button {...rest} type={type} className={classOf(look)} />;
}

interface ButtonLinkProps {
  readonly to: string;
  readonly look?: ButtonLook;
  readonly children: ReactNode;
}

/** A link that is the next thing to do. */
export function ButtonLink({ to, look = "secondary", children }: ButtonLinkProps) {
  return (
    <Link to={to} className={classOf(look)}>
      {children}
    </Link>
  );
}

/** A file to take home. */
export function DownloadLink({
  href,
  look = "secondary",
  children,
}: Omit<ButtonLinkProps, "to"> & { readonly href: string }) {
  return (
    <a href={href} download className={classOf(look)}>
      {children}
    </a>
  );
}

function classOf(look: ButtonLook): string {
  return look === "plain" ? `${styles.plain}` : `${styles.button} ${styles[look]}`;
}
