// Slides are dragged into order by their grip; the buttons on each card do the same by keyboard.
"use strict";

for (const list of document.querySelectorAll("[data-orders]")) {
  window.Sortable.create(list, {
    handle: ".grip",
    animation: 150,
    onEnd(event) {
      if (event.newIndex === event.oldIndex) return;
      const form = document.getElementById(list.dataset.orders);
      form.elements.slide.value = event.item.dataset.slide;
      form.elements.place.value = event.newIndex;
      form.submit();
    },
  });
}
