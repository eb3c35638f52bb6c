/* Real maps, only on the pages that need one. Each has its fields or its list beside it. */
(() => {
  "use strict";

  const ATTRIBUTION = "© OpenStreetMap";
  const FRANCE = [46.6, 2.4];

  const open = (box) => {
    const canvas = box.querySelector("[data-map-canvas]");
    canvas.hidden = false;
    const map = L.map(canvas, { scrollWheelZoom: false, zoomControl: false });
    L.control.zoom({ zoomInTitle: box.dataset.zoomIn, zoomOutTitle: box.dataset.zoomOut }).addTo(map);
    map.attributionControl.setPrefix(false);
    L.tileLayer(box.dataset.tiles, { attribution: ATTRIBUTION, maxZoom: 19 }).addTo(map);
    return map;
  };
  const pin = () => L.divIcon({ className: "m-pin", html: "<span></span>", iconSize: [22, 22], iconAnchor: [11, 26] });

  document.querySelectorAll("[data-map]").forEach((box) => {
    const places = JSON.parse(box.dataset.places);
    const map = open(box);
    map.setView(FRANCE, 5);
    if (!places.length) return;
    const spots = places.map((place) => {
      const words = document.createElement("span");
      words.textContent = place.label;
      const marker = L.marker([place.latitude, place.longitude], { icon: pin(), title: place.label, alt: place.label });
      return marker.bindPopup(words).addTo(map);
    });
    map.fitBounds(L.featureGroup(spots).getBounds(), { padding: [24, 24], maxZoom: 13 });
  });

  document.querySelectorAll("[data-map-picker]").forEach((box) => {
    const latitude = document.getElementById(box.dataset.latitude);
    const longitude = document.getElementById(box.dataset.longitude);
    const read = () => {
      const place = [latitude, longitude].map((field) => parseFloat(field.value.replace(",", ".")));
      return place.every(Number.isFinite) ? place : null;
    };
    const map = open(box);
    const start = read();
    map.setView(start || FRANCE, start ? 14 : 5);
    const marker = L.marker(start || FRANCE, { icon: pin(), draggable: true, keyboard: false });
    if (start) marker.addTo(map);
    const write = (place) => {
      latitude.value = place.lat.toFixed(5);
      longitude.value = place.lng.toFixed(5);
      marker.setLatLng(place).addTo(map);
    };
    marker.on("dragend", () => write(marker.getLatLng()));
    map.on("click", (event) => write(event.latlng));
    [latitude, longitude].forEach((field) => field.addEventListener("change", () => {
      const place = read();
      if (!place) return;
      marker.setLatLng(place).addTo(map);
      map.panTo(place);
    }));
  });
})();
