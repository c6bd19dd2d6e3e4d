import type { MouseEvent, ReactNode } from "react";

interface InPageLinkProps {
  /** `#` and the id of an element of this page. */
  readonly href: string;
  readonly className?: string | undefined;
  readonly children: ReactNode;
}

/**
 * A link to a place on the same page. With scripts it only moves the focus: to the router a new fragment is a
 * navigation, which would forget a refused form and with it everything typed.
 */
export function InPageLink({ href, className, children }: InPageLinkProps) {
  return (
    <a href={href} className={className} onClick={goThere}>
      {children}
    </a>
  );
}

function goThere(event: MouseEvent<HTMLAnchorElement>): void {
  const place = document.getElementById(event.currentTarget.hash.slice(1));
  if (place === null) return;
  event.preventDefault();
  unfold(place);
  place.scrollIntoView();
  place.focus();
}

/** Opens what the place is folded away in. */
function unfold(place: Element): void {
  const fold = place.closest("details:not([open])");
  if (fold === null) return;
  fold.setAttribute("open", "");
  unfold(fold);
}
