/** Vado's mark: stones that lead through a river, the far bank in sight. */
export function Mark() {
  return (
    <svg viewBox="0 0 512 512" aria-hidden="true" className="size-7 shrink-0">
      <rect width="512" height="512" rx="116" fill="#0b6679" />
      <g fill="#f2fafb">
        <ellipse cx="142" cy="392" rx="104" ry="46" />
        <ellipse cx="254" cy="272" rx="82" ry="37" />
        <ellipse cx="346" cy="179" rx="62" ry="28" />
      </g>
      <ellipse cx="408" cy="108" rx="44" ry="20" fill="#ffc933" />
    </svg>
  );
}
