// One tap for the position, where script and HTTPS exist; without either the form asks for words and works as well.
const button = document.getElementById("here");
const found = document.getElementById("found");
if (button && isSecureContext && navigator.geolocation) {
  button.hidden = false;
  button.addEventListener("click", () => {
    button.disabled = true;
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => {
        const point = `${coords.latitude.toFixed(6)}, ${coords.longitude.toFixed(6)}`;
        document.getElementById("gps").value = point;
        document.getElementById("where").value ||= point;
        found.textContent = `${found.dataset.found} ${Math.round(coords.accuracy)}`;
        button.disabled = false;
      },
      () => {
        found.textContent = found.dataset.failed;
        button.disabled = false;
      },
      { enableHighAccuracy: true, timeout: 30000 },
    );
  });
}
