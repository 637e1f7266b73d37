// Moving and stretching bookings; what is refused goes back to where it was, and the refusal is said.
import { send } from "../ask.js";
import { toast } from "../toast.js";
import { words } from "./parts.js";

let sending = 0;

/** Whether a change is on its way. */
export const isChanging = () => sending > 0;

/** Gives move and stretch, which say whether it was done; `changed(item)` is told in the end, refused or not. */
export function readyChanges({ shown, changed }) {
  async function act(item, path, values, putBack) {
    let done = true;
    sending += 1;
    try {
      const said = await send(`/desk/appointments/${item.appointment_id}/${path}`, { item_id: item.id, ...values });
      if (said.warning) toast(said.warning, "warn");
    } catch (error) {
      done = false;
      putBack();
      toast(error.message, "bad");
    } finally {
      sending -= 1;
    }
    await changed(item);
    return done;
  }

  /** Move to a day and a time, and into another column unless that is null. */
  function move(item, { day, time, column }, putBack) {
    const { view } = shown();
    if (view === "room" && column !== null) {
      putBack();
      toast(words.place_fixed, "warn");
      return Promise.resolve(false);
    }
    if (view === "line" && column !== null) return act(item, "line", { day, time, line_id: column }, putBack);
    return act(item, "move", { day, time, staff_id: view === "staff" && column !== null ? column : item.staff_id }, putBack);
  }

  const stretch = (item, { day, time }, putBack) => act(item, "stretch", { day, time }, putBack);
  return { move, stretch };
}
