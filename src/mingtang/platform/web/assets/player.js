// A recording in pieces (HLS): a browser that cannot play it loads the library that can, the others never do; what does not play says so.
const film = document.querySelector("video.film");
const note = document.getElementById("unplayed");

function unplayed() {
  note.hidden = false;
}

function inPieces() {
  const hls = new window.Hls({ enableWorker: false, startPosition: Number(film.dataset.at) });
  hls.on(window.Hls.Events.ERROR, (_kind, about) => about.fatal && unplayed());
  hls.on(window.Hls.Events.FRAG_BUFFERED, () => (note.hidden = true));
  hls.loadSource(film.getAttribute("src").split("#")[0]);
  hls.attachMedia(film);
}

if (film?.dataset.library && !film.canPlayType("application/vnd.apple.mpegurl")) {
  const library = document.createElement("script");
  library.src = film.dataset.library;
  library.onload = () => (window.Hls.isSupported() ? inPieces() : unplayed());
  library.onerror = unplayed;
  document.head.append(library);
} else {
  film?.addEventListener("error", unplayed);
  if (film?.error) unplayed();
}
