/** Hands a file to the browser's own download, by a link inside the element: nothing of the page is touched. */
export function saveFile(file: File, root: HTMLElement | DocumentFragment): void {
  const address = URL.createObjectURL(file);
  const link = document.createElement('a');
  link.href = address;
  link.download = file.name;
  link.hidden = true;
  root.append(link);
  link.click();
  link.remove();
  // The browser has taken the file over once the click has been handled.
  setTimeout(() => URL.revokeObjectURL(address), 60_000);
}
