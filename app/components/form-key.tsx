/** Makes sending the same form twice do it once. The key comes with the page. */
export function FormKey({ value }: { value: string }) {
  return <input type="hidden" name="_key" value={value} />;
}
